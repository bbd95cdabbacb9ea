/** One row of the walk of all commands: how a command is called on the seeded cluster, and what may differ. */
import type { Seed } from './seeded-cluster.ts'

export interface CommandCase {
  /** As people type it: `topic describe`. */
  readonly id: string
  /** What follows the command's words; without connection flags and without --json. */
  readonly args: (seed: Seed) => readonly string[]
  /** Other command lines, run before and after each run of this one: they make and remove what it changes. */
  readonly before?: (seed: Seed) => readonly (readonly string[])[]
  readonly after?: (seed: Seed) => readonly (readonly string[])[]
  /** Fields that differ between two runs (times, rates), at any depth. */
  readonly volatile?: readonly string[]
  /** It changes something: then it must have --dry-run, and a dry run must change nothing. */
  readonly changes?: true
  /** Why this row cannot run on a cluster of Apache's. */
  readonly onApache?: string
  /** Standard input. */
  readonly input?: string
  /** It asks no server: no roads to compare, nothing that could be unreachable. */
  readonly local?: true
  /** Why it goes over remoting alone: it needs a session, say. */
  readonly remotingOnly?: string
  /** Why it goes over the HTTP API alone. */
  readonly httpOnly?: string
  /** Why it has no --json. */
  readonly noJson?: string
  /** Why its result may be empty. */
  readonly maybeEmpty?: string
  /** Exit codes that are as good as 0: thresholds, checks. */
  readonly exits?: readonly number[]
  /** Where its exit codes are others than 2 (wrong usage) and 7 (unreachable), as monitors expect them. */
  readonly codes?: { readonly usage?: number; readonly unreachable?: number }
  /** Why only its help is looked at: daemons have tests of their own. */
  readonly helpOnly?: string
  /** Arguments that must be refused with 2, besides an unknown flag. */
  readonly wrong?: (seed: Seed) => readonly string[]
}
