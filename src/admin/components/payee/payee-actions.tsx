import { EllipsisHorizontal } from "@medusajs/icons"
import { DropdownMenu, IconButton } from "@medusajs/ui"
import { useState } from "react"
import { useTranslation } from "react-i18next"

import type { AdminPayeeDetail } from "../../../types/http-collect"
import type { AdminLinkResponse } from "../../../types/http-linking"
import { useSync } from "../../hooks/use-sync"
import { segment } from "../../lib/api"
import { type Decision, DecisionDialog } from "../common/decision-dialog"
import { AdjustmentDialog } from "./adjustment-dialog"
import { ProfileDialog } from "./profile-dialog"
import { SessionDialog } from "./session-dialog"
import { UserDialog } from "./user-dialog"
import { WriteOffDialog } from "./write-off-dialog"

type Open =
  | { dialog: "decision"; decision: Decision }
  | {
      dialog:
        | "adjust"
        | "write_off"
        | "profile"
        | "session"
        | "confirm_user"
        | "unlink"
    }

/** Everything that can be done about a vendor now, and nothing that cannot. */
export function PayeeActions({ payee }: { payee: AdminPayeeDetail }) {
  const { t } = useTranslation()
  const [open, setOpen] = useState<Open | null>(null)
  const close = () => setOpen(null)
  const { sync } = useSync(payee.id)
  const isLinked = payee.user_token !== null
  const owes = payee.balances.some(({ open: sum }) => sum.startsWith("-"))
  const decide = (decision: Decision) => () =>
    setOpen({ dialog: "decision", decision })
  const show = (dialog: Exclude<Open["dialog"], "decision">) => () =>
    setOpen({ dialog })
  const decisions = decisionsAbout(payee, t)

  return (
    <>
      <DropdownMenu>
        <DropdownMenu.Trigger asChild>
          <IconButton
            size="small"
            variant="transparent"
            aria-label={t("masspay.payee.actions.title")}
          >
            <EllipsisHorizontal />
          </IconButton>
        </DropdownMenu.Trigger>
        <DropdownMenu.Content align="end">
          {payee.is_paused ? (
            <Item name="resume" onSelect={decide(decisions.resume)} />
          ) : (
            <Item name="pause" onSelect={decide(decisions.pause)} />
          )}
          <DropdownMenu.Separator />
          <Item name="adjust" onSelect={show("adjust")} />
          {owes && <Item name="writeOff" onSelect={show("write_off")} />}
          <DropdownMenu.Separator />
          <Item name="profile" onSelect={show("profile")} />
          {isLinked && <Item name="session" onSelect={show("session")} />}
          {isLinked && <Item name="sync" onSelect={() => void sync()} />}
          <DropdownMenu.Separator />
          {!isLinked && <Item name="link" onSelect={decide(decisions.link)} />}
          {!isLinked && payee.found_user_token !== null && (
            <Item name="confirmUser" onSelect={show("confirm_user")} />
          )}
          {isLinked && <Item name="unlink" onSelect={show("unlink")} />}
        </DropdownMenu.Content>
      </DropdownMenu>
      {open?.dialog === "decision" && (
        <DecisionDialog decision={open.decision} onClose={close} />
      )}
      {open?.dialog === "adjust" && (
        <AdjustmentDialog payee={payee} onClose={close} />
      )}
      {open?.dialog === "write_off" && (
        <WriteOffDialog payee={payee} onClose={close} />
      )}
      {open?.dialog === "profile" && (
        <ProfileDialog payee={payee} onClose={close} />
      )}
      {open?.dialog === "session" && (
        <SessionDialog payee={payee} onClose={close} />
      )}
      {(open?.dialog === "confirm_user" || open?.dialog === "unlink") && (
        <UserDialog payee={payee} action={open.dialog} onClose={close} />
      )}
    </>
  )
}

function Item({ name, onSelect }: { name: string; onSelect: () => void }) {
  const { t } = useTranslation()

  return (
    <DropdownMenu.Item onSelect={onSelect}>
      {t(`masspay.payee.actions.${name}`)}
    </DropdownMenu.Item>
  )
}

function decisionsAbout(
  payee: AdminPayeeDetail,
  t: ReturnType<typeof useTranslation>["t"]
): Record<"pause" | "resume" | "link", Decision> {
  const vendor = payee.name ?? payee.vendor_id
  const decision = (name: "pause" | "resume" | "link"): Decision => ({
    subject: `${name}:${payee.id}`,
    path: `payees/${segment(payee.id)}/${name}`,
    title: t(`masspay.payee.${name}.title`, { vendor }),
    description: t(`masspay.payee.${name}.text`),
    effect: t(`masspay.payee.${name}.effect`),
    confirmLabel: t(`masspay.payee.actions.${name}`),
  })
  return {
    pause: { ...decision("pause"), isDanger: true },
    resume: decision("resume"),
    link: {
      ...decision("link"),
      done: (answer) => (answer as AdminLinkResponse).link.message,
    },
  }
}
