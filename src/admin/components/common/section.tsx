import { Container, Heading, Skeleton, Text } from "@medusajs/ui"
import type { ReactNode } from "react"

import { LoadError } from "./load-error"

type SectionHeaderProps = {
  title: string
  subtitle?: ReactNode
  /** `h1` for what the page is about. */
  level?: "h1" | "h2"
  /** Buttons, badges, links. */
  children?: ReactNode
}

/** The head of a section: its title, a line below, and what can be done. */
export function SectionHeader({
  title,
  subtitle,
  level = "h2",
  children,
}: SectionHeaderProps) {
  return (
    <div className="flex flex-wrap items-center justify-between gap-x-4 gap-y-2 px-6 py-4">
      <div className="min-w-0">
        <Heading level={level}>{title}</Heading>
        {subtitle && (
          <Text size="small" as="div" className="text-ui-fg-subtle text-pretty">
            {subtitle}
          </Text>
        )}
      </div>
      {children && (
        <div className="flex flex-wrap items-center gap-2">{children}</div>
      )}
    </div>
  )
}

type SectionProps<Data> = SectionHeaderProps & {
  testId: string
  query: {
    data: Data | undefined
    error: unknown
    isFetching: boolean
    refetch: () => unknown
  }
  /** For screen readers while it loads. */
  loading: string
  /** As high as what comes, so that the page does not jump. */
  skeleton?: ReactNode
  body: (data: Data) => ReactNode
}

/** A section that loads, fails, or shows what came. Old data stays while new ones load. */
export function Section<Data>({
  testId,
  query: { data, error, isFetching, refetch },
  loading,
  skeleton,
  body,
  ...header
}: SectionProps<Data>) {
  return (
    <Container
      className="divide-y overflow-hidden p-0"
      data-testid={testId}
      aria-busy={isFetching}
    >
      <SectionHeader {...header} />
      {data !== undefined ? (
        body(data)
      ) : error ? (
        <LoadError
          error={error}
          onRetry={() => void refetch()}
          isRetrying={isFetching}
        />
      ) : (
        <div role="status" aria-label={loading}>
          {skeleton ?? <RowsSkeleton rows={3} />}
        </div>
      )}
    </Container>
  )
}

/** Lines where rows will stand. */
export function RowsSkeleton({ rows }: { rows: number }) {
  return (
    <div className="divide-y">
      {Array.from({ length: rows }, (_, row) => (
        <div key={row} className="px-6 py-4">
          <Skeleton className="h-5 w-full" />
        </div>
      ))}
    </div>
  )
}

type NothingHereProps = { title: string; text?: string; children?: ReactNode }

/** What stands where there is nothing, and why that is so. */
export function NothingHere({ title, text, children }: NothingHereProps) {
  return (
    <div className="flex min-h-24 flex-col items-center justify-center gap-y-1 px-6 py-6 text-center">
      <Text size="small" leading="compact" weight="plus">
        {title}
      </Text>
      {text && (
        <Text size="small" className="text-ui-fg-subtle text-pretty">
          {text}
        </Text>
      )}
      {children}
    </div>
  )
}
