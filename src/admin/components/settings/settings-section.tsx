import { SectionRow } from "@medusajs/dashboard/components"
import { Badge, Container } from "@medusajs/ui"
import { useTranslation } from "react-i18next"

import type { AdminSetting } from "../../../types/http-settings"
import { useSettings } from "../../hooks/payee"
import { groupsOf } from "../../lib/settings"
import { wordFor } from "../../lib/words"
import { type Environment, EnvironmentBadge } from "../common/environment-badge"
import { LoadError } from "../common/load-error"
import { RowsSkeleton, SectionHeader } from "../common/section"

/** The options as they hold. They are changed in the shop's configuration, so nothing here can be. */
export function SettingsSections() {
  const { t } = useTranslation()
  const { data: settings, error, isFetching, refetch } = useSettings()

  if (!settings) {
    return (
      <Container className="divide-y p-0" data-testid="masspay-settings">
        <SectionHeader level="h1" title={t("masspay.settings.title")} />
        {error ? (
          <LoadError
            error={error}
            onRetry={() => void refetch()}
            isRetrying={isFetching}
          />
        ) : (
          <div role="status" aria-label={t("masspay.settings.loading")}>
            <RowsSkeleton rows={8} />
          </div>
        )}
      </Container>
    )
  }
  const environment = settings.find(({ path }) => path === "environment")?.value

  return (
    <div className="flex flex-col gap-y-3" data-testid="masspay-settings">
      <Container className="p-0">
        <SectionHeader
          level="h1"
          title={t("masspay.settings.title")}
          subtitle={t("masspay.settings.subtitle")}
        >
          {typeof environment === "string" && (
            <EnvironmentBadge environment={environment as Environment} />
          )}
        </SectionHeader>
      </Container>
      {groupsOf(settings).map(({ name, settings: group }) => (
        // Names of options are one long word each.
        <Container
          key={name}
          className="divide-y overflow-hidden break-words p-0"
        >
          <SectionHeader title={wordFor(t, "settings.group", name)} />
          {group.map((setting) => (
            <SettingRow key={setting.path} setting={setting} />
          ))}
        </Container>
      ))}
    </div>
  )
}

function SettingRow({ setting }: { setting: AdminSetting }) {
  const { t } = useTranslation()

  return (
    <SectionRow
      title={setting.path}
      value={
        <span className="flex flex-wrap items-center gap-2 break-all">
          {setting.is_secret ? (
            <Badge
              size="2xsmall"
              color={setting.value === "set" ? "green" : "grey"}
            >
              {t(
                setting.value === "set"
                  ? "masspay.settings.set"
                  : "masspay.settings.notSet"
              )}
            </Badge>
          ) : (
            <Value value={setting.value} />
          )}
          {!setting.is_default && !setting.is_secret && (
            <Badge size="2xsmall">{t("masspay.settings.changed")}</Badge>
          )}
        </span>
      }
    />
  )
}

function Value({ value }: { value: AdminSetting["value"] }) {
  const { t } = useTranslation()
  if (value === null || value === "") {
    return (
      <span className="text-ui-fg-muted">{t("masspay.settings.none")}</span>
    )
  }
  if (typeof value === "boolean") {
    return t(value ? "masspay.settings.yes" : "masspay.settings.no")
  }
  if (Array.isArray(value)) {
    return value.length === 0 ? t("masspay.settings.none") : value.join(", ")
  }
  return value
}
