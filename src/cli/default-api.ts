/** Where commands go when nothing names a cluster: the API of this host if there is one, otherwise its NameServer. */
import { connect } from 'node:net'
import { defaultApi, type Reach } from './reach.ts'

/** The HTTP admin API that is meant; undefined when it is to be the NameServers. */
export const apiOf = async (reach: Reach): Promise<string | undefined> => {
  if (reach.api !== undefined) return reach.api
  if (reach.namesrv !== undefined) return undefined
  return (await listens(defaultApi)) ? defaultApi : undefined
}

/** Whether anything listens there; on this host the answer comes at once. */
const listens = (url: string): Promise<boolean> =>
  new Promise(resolve => {
    const { hostname, port } = new URL(url)
    const socket = connect({ host: hostname, port: Number(port) })
    const end = (found: boolean) => (): void => {
      socket.destroy()
      resolve(found)
    }
    socket.once('connect', end(true)).once('error', end(false))
  })
