import { useTranslation } from "react-i18next"

/** The line above a page, by the same text as its entry in the menu. */
export function MenuCrumb({ text }: { text: string }) {
  const { t } = useTranslation()
  return <>{t(text)}</>
}
