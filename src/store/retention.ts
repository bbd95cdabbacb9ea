/**
 * Chooses the segments that go: those past their time at the hours set for it, or at any hour when the disk is too full; and,
 * only if that was asked for, the oldest ones when it is nearly full. Whole segments go, oldest first.
 */
import type { StoreSettings } from './options.ts'

export interface RetentionCandidate {
  readonly sealed: boolean
  readonly lastStoreTime: number
}

export type RetentionSettings = Pick<
  StoreSettings,
  | 'fileReservedTime'
  | 'deleteWhen'
  | 'diskMaxUsedSpaceRatio'
  | 'diskSpaceCleanForciblyRatio'
  | 'cleanFileForciblyEnable'
>

const hourMs = 3_600_000

/** Whether the hour of the day, local time, is one of deleteWhen. */
export const isTimeToDelete = (deleteWhen: string, nowMs: number): boolean => {
  const hour = new Date(nowMs).getHours()
  return deleteWhen.split(';').some(text => text.trim() !== '' && Number(text) === hour)
}

/** Why the oldest segment goes now, or undefined when it stays. `always`: as if it were the hour. */
export const removalReason = (
  oldest: RetentionCandidate,
  settings: RetentionSettings,
  now: { readonly ms: number; readonly usedRatio: number; readonly always: boolean }
): 'expired' | 'disk' | undefined => {
  if (!oldest.sealed) return undefined
  const expired = oldest.lastStoreTime + settings.fileReservedTime * hourMs < now.ms
  const tight = now.usedRatio > settings.diskMaxUsedSpaceRatio
  if (expired && (now.always || tight || isTimeToDelete(settings.deleteWhen, now.ms))) return 'expired'
  const forced = settings.cleanFileForciblyEnable && now.usedRatio > settings.diskSpaceCleanForciblyRatio
  return forced ? 'disk' : undefined
}
