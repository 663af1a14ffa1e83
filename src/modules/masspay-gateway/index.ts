import { Module } from "@medusajs/framework/utils"

import MasspayGatewayService from "./service"

export const MASSPAY_GATEWAY_MODULE = "masspay_gateway"

export default Module(MASSPAY_GATEWAY_MODULE, {
  service: MasspayGatewayService,
})

export type { WireOptions } from "../../options"
export * from "./errors"
export type * from "./types"
export { createWire } from "./wire"
