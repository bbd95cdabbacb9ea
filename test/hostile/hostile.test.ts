/** A part of the hostile cases, quick enough for `npm test`; MQ_HOSTILE_CASES sets another number. */
import { hostileSuite } from './suite.ts'

hostileSuite(Number(process.env['MQ_HOSTILE_CASES'] ?? 2_000), 50)
