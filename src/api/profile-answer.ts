import { MedusaError } from "@medusajs/framework/utils"

import type { ProfileFacts } from "../domain/profile"
import type { ChangedProfile } from "../runners/change-profile"

/** What MassPay has by now. Throws with the reason in plain words, which repeat no value. */
export function profileOrRefuse(
  changed: ChangedProfile
): ProfileFacts & { payee_id: string } {
  const { INVALID_DATA, NOT_ALLOWED, NOT_FOUND, UNEXPECTED_STATE } =
    MedusaError.Types
  switch (changed.did) {
    case "changed":
      return { payee_id: changed.payee_id, ...changed.facts }
    case "invalid":
      throw new MedusaError(INVALID_DATA, changed.problems.join(". "))
    case "refused": {
      const { code, message } = changed
      const type =
        code === "payee_not_found"
          ? NOT_FOUND
          : code === "no_answer"
            ? UNEXPECTED_STATE
            : NOT_ALLOWED
      throw new MedusaError(type, message, code)
    }
  }
}
