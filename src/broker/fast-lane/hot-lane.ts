/** The fast lane of a broker: plain sends and pulls are answered straight from the frame's bytes, all else is left alone. */
import { HotHeader } from '../../protocol/hot-header.ts'
import type { FastLane } from '../../remoting/peer.ts'
import type { PullParts } from '../pull/pull-parts.ts'
import type { SendParts } from '../send/send-parts.ts'
import { hotPull } from './hot-pull.ts'
import { hotSend } from './hot-send.ts'

export type HotLaneParts = SendParts & PullParts

export const hotLane = (parts: HotLaneParts): FastLane => {
  const header = new HotHeader()
  const send = hotSend(parts)
  const pull = hotPull(parts)
  return (chunk, start, end, peer) => {
    if (!header.read(chunk, start, end)) return false
    switch (header.code) {
      case 310:
      case 10:
        return send(header, end, peer)
      case 11:
      case 361:
        return pull(header, end, peer)
      default:
        return false
    }
  }
}
