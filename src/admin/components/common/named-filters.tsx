import { type ReactNode, useEffect, useRef } from "react"
import { useTranslation } from "react-i18next"

/**
 * Gives a name to the buttons that take a filter away: Medusa UI shows a cross
 * without one. Filters come and go after the list itself has rendered.
 */
export function NamedFilters({ children }: { children: ReactNode }) {
  const { t } = useTranslation()
  const ref = useRef<HTMLDivElement>(null)
  useEffect(() => {
    const bar = ref.current
    if (!bar) return
    const name = () => {
      for (const button of bar.querySelectorAll("button")) {
        const isNameless =
          !button.hasAttribute("aria-label") && !button.textContent.trim()
        const filter = button.parentElement?.firstElementChild
        const isFilters = filter !== button && filter?.textContent
        if (!isNameless || !isFilters) continue
        button.setAttribute(
          "aria-label",
          t("masspay.general.removeFilter", { name: filter.textContent })
        )
      }
    }
    name()
    const observer = new MutationObserver(name)
    observer.observe(bar, { childList: true, subtree: true })
    return () => observer.disconnect()
  }, [t])

  return (
    <div ref={ref} className="contents">
      {children}
    </div>
  )
}
