/** The plugin's options as they hold in this process. Never the value of a secret. */

/** Of a secret only whether it is there. */
export type AdminSettingValue = string | number | boolean | string[] | null

export type AdminSetting = {
  /** As one writes it in the options: "payouts.schedule". */
  path: string
  /** What holds; `null`: nothing is set. Of a secret "set" or "not_set". */
  value: AdminSettingValue
  is_secret: boolean
  /** The same as without being written in the options. */
  is_default: boolean
}
/** `GET /admin/masspay/settings`, in the order of the documentation. */
export type AdminSettingsResponse = { settings: AdminSetting[] }
