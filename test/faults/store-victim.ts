/**
 * A process that appends to a store until it is killed, and tells every acknowledgement to its parent through a pipe:
 * a line `a <number> <queue offset> <physical offset>`. What else it says: `ready`, `refused <why>`, `flushed <offset>`.
 */
import { writeSync } from 'node:fs'
import type { Clock } from '../../src/kit/clock.ts'
import { systemClock } from '../../src/kit/clock.ts'
import type { PendingAppend } from '../../src/store/contract.ts'
import { openStore } from '../../src/store/message-store.ts'
import { draftOf, idOf, metaRows } from './traffic.ts'
import { seamsOf, type VictimSettings } from './victim-settings.ts'

const settings = JSON.parse(process.env['VICTIM'] ?? '{}') as VictimSettings
let jumpMs = 0
const clock: Clock = { ...systemClock, now: () => systemClock.now() + jumpMs }
const quiet = { debug: () => {}, info: () => {}, warn: () => {}, error: () => {} }

const say = (line: string): void => {
  writeSync(1, `${line}\n`)
}

const store = await openStore({ ...settings.store, seams: seamsOf(settings) }, { clock, log: quiet })
say('ready')

let number = 0
let lines = ''
/** Acknowledgements of one turn of the loop leave in one write: the pipe must not become the bottleneck. */
const acknowledge = (line: string): void => {
  if (lines === '') {
    queueMicrotask(() => {
      const text = lines
      lines = ''
      writeSync(1, text)
    })
  }
  lines += line
}

const appendNext = (): void => {
  if (settings.stopAfter !== undefined && number >= settings.stopAfter) return
  const mine = number++
  const pending: PendingAppend = {
    queueOffset: -1,
    physicalOffset: -1,
    size: 0,
    storeTimestamp: 0,
    done(error) {
      if (error === undefined) acknowledge(`a ${mine} ${pending.queueOffset} ${pending.physicalOffset}\n`)
      else say(`refused ${error.code} ${error.message}`)
      if (error === undefined) setImmediate(appendNext)
      else systemClock.after(20, appendNext)
    }
  }
  store.append(draftOf(idOf(settings.run, mine)), pending)
}

await store.meta.write(metaRows)
for (let n = 0; n < settings.inFlight; n++) appendNext()

if (settings.expireAfterMs !== undefined) {
  systemClock.after(settings.expireAfterMs, () => {
    jumpMs = 96 * 3_600_000
    store.clean().then(
      removed => say(`cleaned ${removed}`),
      error => say(`refused clean: ${String(error)}`)
    )
  })
}

const sayFlushed = (): void => {
  const { flushedPhysicalOffset, dispatchedPhysicalOffset, maxPhysicalOffset, appendedMessages } = store.stats()
  say(`flushed ${flushedPhysicalOffset}`)
  const idle = appendedMessages === settings.stopAfter && flushedPhysicalOffset === maxPhysicalOffset
  if (idle && dispatchedPhysicalOffset === maxPhysicalOffset) say('idle')
}
systemClock.every(50, sayFlushed)
setInterval(() => {}, 1_000)
