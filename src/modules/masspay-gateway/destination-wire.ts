import type { DestinationWire } from "./destination-types"
import { listAttributes, storeAttributes } from "./resources/attributes"
import { addAutopayout, deleteAutopayout } from "./resources/autopayouts"
import { getConfirmation } from "./resources/confirmations"
import { isRouteOffered, listRoutes } from "./resources/routes"
import type { Transport } from "./types"

/** Routes, attributes, papers and rules, over any transport. */
export function destinationWireOver(transport: Transport): DestinationWire {
  return {
    listRoutes: (query) => listRoutes(transport, query),
    isRouteOffered: (token) => isRouteOffered(transport, token),
    listAttributes: (of) => listAttributes(transport, of),
    storeAttributes: (of) => storeAttributes(transport, of),
    getConfirmation: (of) => getConfirmation(transport, of),
    addAutopayout: (rule) => addAutopayout(transport, rule),
    deleteAutopayout: (rule) => deleteAutopayout(transport, rule),
  }
}
