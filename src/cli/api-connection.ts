/** The HTTP admin API as what a command talks through; nothing that goes over remoting is loaded for it. */
import type { Admin } from '../admin/admin.ts'
import { httpAdmin } from '../http/client/http-admin.ts'
import type { Reach } from './reach.ts'

/** The acts over an HTTP admin API. */
export const apiAdmin = (url: string, reach: Reach, timeoutMs: number): Admin =>
  httpAdmin({ url, token: reach.token, timeoutMs })
