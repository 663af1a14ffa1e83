import type { Route } from "./routes"

export type RouteMatch =
  | { kind: "found"; route: Route; params: Record<string, string> }
  | { kind: "wrong_method"; allowed: string[] }
  | { kind: "unknown" }

type Node = {
  literals: Map<string, Node>
  parameter: Node | null
  /** By method. */
  routes: Map<string, Route>
}

function newNode(): Node {
  return { literals: new Map(), parameter: null, routes: new Map() }
}

/**
 * Finds the route of a request. A literal segment wins over a parameter in the
 * same place, whatever the order of the table; the method is looked at only when
 * the address has been found, so a wrong verb never falls through to another one.
 */
export class Router {
  private readonly root = newNode()

  constructor(routes: readonly Route[]) {
    for (const route of routes) this.add(route)
  }

  match(method: string, path: string): RouteMatch {
    const values = decodeSegments(path)
    const found = values && find(this.root, values)
    if (!found) return { kind: "unknown" }
    const route = found.node.routes.get(method)
    if (!route) {
      return { kind: "wrong_method", allowed: [...found.node.routes.keys()] }
    }
    const names = [...route.pattern.matchAll(/\{(\w+)\}/g)].map(([, n]) => n)
    const params = Object.fromEntries(
      names.map((name, index) => [name, found.params[index]])
    ) as Record<string, string>
    return { kind: "found", route, params }
  }

  private add(route: Route): void {
    let node = this.root
    for (const segment of route.pattern.split("/").slice(1)) {
      if (segment.startsWith("{")) {
        node.parameter ??= newNode()
        node = node.parameter
        continue
      }
      const next = node.literals.get(segment) ?? newNode()
      node.literals.set(segment, next)
      node = next
    }
    node.routes.set(route.method, route)
  }
}

/** Null when the path is not decodable or has an empty segment. */
function decodeSegments(path: string): string[] | null {
  try {
    const segments = path.split("/").slice(1).map(decodeURIComponent)
    return segments.includes("") ? null : segments
  } catch {
    return null
  }
}

function find(
  node: Node,
  segments: readonly string[]
): { node: Node; params: string[] } | null {
  const [segment, ...rest] = segments
  if (segment === undefined) {
    return node.routes.size > 0 ? { node, params: [] } : null
  }
  const literal = node.literals.get(segment)
  const byLiteral = literal ? find(literal, rest) : null
  if (byLiteral) return byLiteral
  const byParameter = node.parameter ? find(node.parameter, rest) : null
  if (!byParameter) return null
  return {
    node: byParameter.node,
    params: [segment, ...byParameter.params],
  }
}
