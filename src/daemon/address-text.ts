/** Addresses for people and ready files. */

/** A listener on every address is reached from here by loopback. */
export const reachableHost = (host: string): string => (host === '0.0.0.0' ? '127.0.0.1' : host === '::' ? '::1' : host)

/** `host:port`, with brackets around IPv6. */
export const addressText = ({ host, port }: { readonly host: string; readonly port: number }): string => {
  const reachable = reachableHost(host)
  return reachable.includes(':') ? `[${reachable}]:${port}` : `${reachable}:${port}`
}
