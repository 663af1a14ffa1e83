import type { OverviewJobName } from "../domain/overview"
import type { Kernel } from "../kernel"
import { noteJobRun } from "../modules/masspay/queries/job-runs"

/**
 * Runs a job and notes that it began and that it ended well, so that one that
 * stopped running, or that fails every time, is noticed. Notes that cannot be
 * written keep no job from its work.
 */
export async function asJob<Result>(
  { books }: Pick<Kernel, "books">,
  job: OverviewJobName,
  work: () => Promise<Result>
): Promise<Result> {
  const note = (what: "started" | "finished") =>
    noteJobRun(books, { job, what }).catch(() => undefined)
  await note("started")
  const result = await work()
  await note("finished")
  return result
}
