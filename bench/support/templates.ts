import type { MedusaContainer } from "@medusajs/framework/types"
import { Modules } from "@medusajs/framework/utils"
import { updateProductsWorkflow } from "@medusajs/medusa/core-flows"

import { internalUserId } from "../../src/domain/ids"
import { kernelFrom } from "../../src/kernel"
import { newId } from "../../src/modules/masspay/queries/new-id"
import { aContact, openShop } from "../../test/http/support/shop"
import type { PlainOrder } from "../ref/settle"
