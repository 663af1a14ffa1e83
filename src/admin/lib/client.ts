import Medusa from "@medusajs/js-sdk"

// The shop's dashboard build puts these in; the names are the dashboard's own.
declare const __BACKEND_URL__: string | undefined
declare const __AUTH_TYPE__: "jwt" | "session" | undefined
declare const __JWT_TOKEN_STORAGE_KEY__: string | undefined

/** Talks to the shop as the signed-in user, the way the dashboard itself does. */
export const sdk = new Medusa({
  baseUrl: __BACKEND_URL__ ?? "/",
  auth: {
    type: __AUTH_TYPE__ ?? "session",
    ...(__JWT_TOKEN_STORAGE_KEY__ && {
      jwtTokenStorageKey: __JWT_TOKEN_STORAGE_KEY__,
    }),
  },
})
