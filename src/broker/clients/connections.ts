/** Members of groups as the answers about connections show them. Java: Connection. */
import type { Connection } from '../../protocol/bodies/connections.ts'
import { languageName } from '../../protocol/languages.ts'
import type { ClientMember } from '../parts.ts'

export const addressOf = ({ peer }: ClientMember): string => `${peer.remote.host}:${peer.remote.port}`

export const connectionOf = (member: ClientMember): Connection => ({
  clientId: member.clientId,
  clientAddr: addressOf(member),
  language: languageName(member.language),
  version: member.version
})
