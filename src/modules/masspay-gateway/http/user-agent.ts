import { PACKAGE, packageVersion } from "../../../package-version"

/** `medusa-plugin-masspay/1.2.3 node/20.1.0` */
export function userAgent(): string {
  return `${PACKAGE}/${packageVersion()} node/${process.versions.node}`
}
