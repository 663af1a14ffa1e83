import { Module } from "@medusajs/framework/utils"

import { MasspayModuleService } from "./service"

export const MASSPAY_MODULE = "masspay"

export default Module(MASSPAY_MODULE, { service: MasspayModuleService })
