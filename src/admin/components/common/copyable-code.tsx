import { clx, Copy } from "@medusajs/ui"
import { useTranslation } from "react-i18next"

type CopyableCodeProps = {
  code: string
  /** What it is, for the button's name: "our id". */
  label: string
  /** Only its beginning is shown, in one line. */
  isShort?: boolean
}

export function CopyableCode({
  code,
  label,
  isShort = false,
}: CopyableCodeProps) {
  const { t } = useTranslation()

  return (
    <span className="flex min-w-0 items-center gap-x-1">
      <code
        className={clx(
          "txt-compact-xsmall text-ui-fg-subtle font-mono",
          isShort ? "max-w-40 truncate" : "break-all"
        )}
        {...(isShort && { title: code })}
      >
        {code}
      </code>
      <Copy
        content={code}
        variant="mini"
        aria-label={t("masspay.payout.operations.copy", { what: label })}
        className="focus-visible:shadow-borders-focus shrink-0 rounded-sm outline-none"
      />
    </span>
  )
}
