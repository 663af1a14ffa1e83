import { de } from "./de"
import { en } from "./en"
import { vendorsDe } from "./vendors-de"
import { vendorsEn } from "./vendors-en"

export default {
  en: { translation: { masspay: { ...en.masspay, ...vendorsEn } } },
  de: { translation: { masspay: { ...de.masspay, ...vendorsDe } } },
}
