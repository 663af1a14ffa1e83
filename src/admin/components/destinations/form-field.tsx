import { Input, Label, Select, Text } from "@medusajs/ui"
import { useId } from "react"
import { useTranslation } from "react-i18next"

import type { DestinationField } from "../../../types/http-destinations"
import type { FieldProblem } from "../../lib/destinations"

/** One of MassPay's questions, with its choices, its hint, and what is wrong with the answer. */
export function FormField({
  field,
  problem,
}: {
  field: DestinationField
  problem: FieldProblem | null
}) {
  const { t } = useTranslation()
  const id = useId()
  const { token, label, hint, options } = field
  const note = [
    field.has_value && t("masspay.destinations.details.hasValue"),
    hint && field.input !== "date" && hint,
  ].filter(Boolean)
  const described = {
    "aria-invalid": problem !== null,
    "aria-describedby": `${id}-note ${id}-problem`,
  }

  return (
    <div className="flex flex-col gap-y-1">
      <Label size="small" weight="plus" htmlFor={id}>
        {label}
        {!field.is_required && (
          <span className="text-ui-fg-subtle font-normal">
            {" "}
            ({t("masspay.destinations.details.optional")})
          </span>
        )}
      </Label>
      {options ? (
        <Select name={token}>
          <Select.Trigger id={id} {...described}>
            <Select.Value
              placeholder={t("masspay.destinations.details.select")}
            />
          </Select.Trigger>
          <Select.Content>
            {options.map((option) => (
              <Select.Item key={option} value={option}>
                {option}
              </Select.Item>
            ))}
          </Select.Content>
        </Select>
      ) : (
        <Input
          id={id}
          name={token}
          type={field.input === "date" ? "date" : "text"}
          autoComplete="off"
          spellCheck={false}
          maxLength={field.max_length}
          {...described}
        />
      )}
      <Text size="small" id={`${id}-note`} className="text-ui-fg-subtle">
        {note.join(" · ")}
      </Text>
      <span id={`${id}-problem`} role="alert">
        {problem && (
          <Text size="small" as="span" className="text-ui-fg-error">
            {t(`masspay.destinations.details.problem.${problem}`, {
              field: label,
            })}
          </Text>
        )}
      </span>
    </div>
  )
}
