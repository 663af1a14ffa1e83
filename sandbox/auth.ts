export type Credentials = {
  authorization: string | undefined
  apiKeyHeader: string | undefined
}

/**
 * Whether a request carries the key: in Authorization, after "Bearer" in any case
 * or bare, or, where the sandbox is set to accept it, in a header named `apiKey`.
 */
export function isAuthorized(
  credentials: Credentials,
  rules: { apiKey: string; acceptsApiKeyHeader: boolean }
): boolean {
  const { authorization, apiKeyHeader } = credentials
  const { apiKey, acceptsApiKeyHeader } = rules
  if (authorization !== undefined) {
    return authorization.replace(/^bearer +/i, "") === apiKey
  }
  return acceptsApiKeyHeader && apiKeyHeader === apiKey
}
