import { Button, Container, InlineTip, Text, toast } from "@medusajs/ui"
import { useState } from "react"
import { useTranslation } from "react-i18next"

import type {
  AdminActionRequest,
  AdminPayoutAction,
  AdminPayoutDetail,
} from "../../../types/http"
import { useProposal } from "../../hooks/masspay"
import { useMe, useOperatorName } from "../../hooks/operators"
import { post, segment } from "../../lib/api"
import { proposedEffect } from "../../lib/texts"
import { ActionDialog } from "../common/action-dialog"
import { SectionHeader } from "../common/section"
import { WhatHappens } from "./payout-action-dialog"

/** What one operator proposed about the payout and a second one has to confirm; else nothing. */
export function ProposalSection({ payout }: { payout: AdminPayoutDetail }) {
  const { t } = useTranslation()
  const { data: proposal } = useProposal(payout.id, payout.updated_at)
  const me = useMe()
  const [answer, setAnswer] = useState<"confirm" | "reject" | null>(null)
  if (!proposal) {
    return null
  }

  return (
    <Container className="divide-y p-0" data-testid="masspay-proposal">
      <SectionHeader
        title={t("masspay.payout.proposal.title")}
        subtitle={<Proposed proposal={proposal} />}
      >
        <Button
          size="small"
          type="button"
          variant="secondary"
          onClick={() => setAnswer("reject")}
        >
          {t("masspay.payout.proposal.reject")}
        </Button>
        {/* The server refuses it to whoever proposed it, and to nobody else. */}
        {me && me !== proposal.maker && (
          <Button
            size="small"
            type="button"
            onClick={() => setAnswer("confirm")}
          >
            {t("masspay.payout.proposal.confirm")}
          </Button>
        )}
      </SectionHeader>
      <Text size="small" className="text-pretty px-6 py-4">
        {proposedEffect(t, proposal)}
        {me === proposal.maker && ` ${t("masspay.payout.proposal.own")}`}
      </Text>
      {answer && (
        <AnswerDialog
          proposal={proposal}
          answer={answer}
          onClose={() => setAnswer(null)}
        />
      )}
    </Container>
  )
}

function Proposed({ proposal }: { proposal: AdminActionRequest }) {
  const { t } = useTranslation()
  const nameOf = useOperatorName()

  return (
    <>
      {t("masspay.payout.proposal.by", {
        actor: nameOf(proposal.maker),
        reason: proposal.maker_reason,
      })}
    </>
  )
}

type AnswerDialogProps = {
  proposal: AdminActionRequest
  answer: "confirm" | "reject"
  onClose: () => void
}

function AnswerDialog({ proposal, answer, onClose }: AnswerDialogProps) {
  const { t } = useTranslation()
  const path = `action-requests/${segment(proposal.id)}/${answer}`
  const label = t(`masspay.payout.proposal.${answer}`)
  type Answer = { action: AdminPayoutAction }

  // A proposal is answered once: the same answer again is the same request.
  return (
    <ActionDialog
      subject={`${answer}:${proposal.id}`}
      title={label}
      description={t(`masspay.payout.proposal.${answer}Text`)}
      confirmLabel={label}
      isDanger={answer === "confirm"}
      check={({ reason }) => post<Answer>(path, { reason }, { dry_run: true })}
      preview={({ action }) =>
        answer === "confirm" ? (
          <WhatHappens would={action} effect={proposedEffect(t, proposal)} />
        ) : (
          <InlineTip
            variant="info"
            label={t("masspay.common.dialog.willHappen")}
          >
            {t("masspay.payout.proposal.rejectText")}
          </InlineTip>
        )
      }
      act={({ reason }) => post<Answer>(path, { reason })}
      onDone={() => toast.success(t("masspay.common.dialog.done"))}
      onClose={onClose}
    />
  )
}
