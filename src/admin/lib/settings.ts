import type { AdminSetting } from "../../types/http-settings"

export type SettingGroup = { name: string; settings: AdminSetting[] }

/** How one reaches MassPay: options that stand alone, in one group. */
const CONNECTION = "connection"
const OF_CONNECTION = [
  "environment",
  "baseUrl",
  "apiKey",
  "auth",
  "encryptionKey",
]

/** Settings by the option they belong to, in the order in which they came. */
export function groupsOf(settings: readonly AdminSetting[]): SettingGroup[] {
  const groups = new Map<string, AdminSetting[]>()
  for (const setting of settings) {
    const option = setting.path.split(".")[0] ?? setting.path
    const name = OF_CONNECTION.includes(option) ? CONNECTION : option
    groups.set(name, [...(groups.get(name) ?? []), setting])
  }
  return [...groups].map(([name, group]) => ({ name, settings: group }))
}
