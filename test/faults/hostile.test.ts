/** All 20,000 hostile cases. */
import { hostileSuite } from '../hostile/suite.ts'

hostileSuite(20_000, 25)
