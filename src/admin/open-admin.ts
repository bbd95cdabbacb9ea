/** The administrative acts for another program, over connections of their own. */
import { type ClientOptions, openSession } from '../client/client-options.ts'
import type { Admin } from './admin.ts'
import { remotingAdmin } from './remoting-admin.ts'

export interface OpenAdmin extends Admin {
  /** Closes the connections. Never rejects. */
  close(): Promise<void>
}

/** Connects at the first act. Rejects with MQ_USAGE, MQ_CONFIG_INVALID, MQ_CONNECT_FAILED (address server). */
export const openAdmin = async (options: ClientOptions = {}): Promise<OpenAdmin> => {
  const session = await openSession(options)
  return { ...remotingAdmin(session), close: () => session.close() }
}
