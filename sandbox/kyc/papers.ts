import { TimeIndex } from "../time-index"

export const KYC_PROVIDERS = ["Veriff", "Au10tix"] as const
export type KycProvider = (typeof KYC_PROVIDERS)[number]

export const KYC_STATUSES = [
  "Started",
  "Submitted",
  "Abandoned",
  "Expired",
  "Resubmitted",
  "Declined",
  "Approved",
  "Resubmission requested",
  "Review",
] as const
export type KycStatus = (typeof KYC_STATUSES)[number]

/** One round of asking a user for papers. */
export type KycSession = {
  /** What the API calls `session_id`. */
  token: string
  /** Position in order of creation, from 1. */
  number: number
  user_token: string
  provider: KycProvider
  /** A bank document is asked for by MassPay itself: the API does not list it. */
  asks: "identity" | "bank_document"
  /** Of its link. Null: the papers came through the API. */
  secret: string | null
  status: KycStatus
  /** Shown to who asks, once somebody looked at the papers. */
  reason: string | null
  created_ms: number
}

export type TaxInterview = {
  secret: string
  user_token: string
  return_url: string | null
  is_done: boolean
}

/** A review whose outcome is known when its time has come. */
export type DueReview = { token: string; number: number; time_ms: number }

export type PapersSnapshot = {
  sessions: KycSession[]
  interviews: TaxInterview[]
  reviews: readonly DueReview[]
}

/** What users were asked for, found by the ways it is asked for. */
export class Papers {
  readonly reviews = new TimeIndex<DueReview>()
  private readonly sessionsByToken = new Map<string, KycSession>()
  private readonly sessionsBySecret = new Map<string, KycSession>()
  private readonly sessionsByUser = new Map<string, KycSession[]>()
  private readonly interviewsBySecret = new Map<string, TaxInterview>()

  static restore(snapshot: PapersSnapshot): Papers {
    const papers = new Papers()
    for (const session of snapshot.sessions) papers.addSession(session)
    for (const interview of snapshot.interviews) papers.addInterview(interview)
    for (const review of snapshot.reviews) papers.reviews.add(review)
    return papers
  }

  snapshot(): PapersSnapshot {
    return {
      sessions: [...this.sessionsByToken.values()],
      interviews: [...this.interviewsBySecret.values()],
      reviews: this.reviews.all(),
    }
  }

  addSession(session: KycSession): void {
    this.sessionsByToken.set(session.token, session)
    if (session.secret !== null) {
      this.sessionsBySecret.set(session.secret, session)
    }
    const owned = this.sessionsByUser.get(session.user_token)
    if (owned) owned.push(session)
    else this.sessionsByUser.set(session.user_token, [session])
  }

  session(token: string): KycSession | undefined {
    return this.sessionsByToken.get(token)
  }

  sessionBySecret(secret: string): KycSession | undefined {
    return this.sessionsBySecret.get(secret)
  }

  sessionCount(): number {
    return this.sessionsByToken.size
  }

  /** In order of creation. */
  sessionsOf(userToken: string): readonly KycSession[] {
    return this.sessionsByUser.get(userToken) ?? []
  }

  addInterview(interview: TaxInterview): void {
    this.interviewsBySecret.set(interview.secret, interview)
  }

  interview(secret: string): TaxInterview | undefined {
    return this.interviewsBySecret.get(secret)
  }

  /** Nobody decides any more about papers that were decided about. */
  dropReviewOf(session: KycSession): void {
    const due = this.reviews.all().find(({ token }) => token === session.token)
    if (due) this.reviews.remove(due)
  }
}
