import type { Kernel } from "../kernel"
import { offeredRoutes } from "../runners/destination-routes"
import { payeeWithUser } from "../runners/destinations"
import type { DestinationRouteListResponse } from "../types/http-destinations"
import type { RoutesQuery } from "./admin/masspay/destination-validators"
import { countryOf } from "./choose-destination"
import { askOrRefuse, routeView } from "./destination-answers"

/** How a payee can be paid now, for an operator or for herself. Throws with the reason in plain words. */
export async function routesFor(
  kernel: Kernel,
  {
    who,
    wish,
  }: {
    who: { payee_id: string } | { vendor_id: string }
    wish: RoutesQuery["wish"]
  }
): Promise<DestinationRouteListResponse> {
  const { currency_code } = wish
  const { found_by, routes } = await askOrRefuse(kernel, async () => {
    const payee = await payeeWithUser(kernel, who)
    return offeredRoutes(kernel, {
      ...wish,
      user_token: payee.user_token,
      country_code: countryOf(payee, wish),
    })
  })
  return {
    currency_code,
    found_by,
    routes: routes.map((route) => routeView(route, currency_code)),
  }
}
