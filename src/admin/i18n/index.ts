import { de } from "./de"
import { en } from "./en"

export default { en: { translation: en }, de: { translation: de } }
