/** How the broker's options become the store's. */
import { resolve } from 'node:path'
import type { HotStoreSettings } from '../store/contract.ts'
import type { StoreOptions } from '../store/options.ts'
import type { BrokerOptions } from './options.ts'

/** The store counts body and properties of a message together. */
const propertiesBytesMax = 32_767

const hotSettings = (options: BrokerOptions): HotStoreSettings => ({
  fileReservedTime: options.fileReservedTime,
  deleteWhen: options.deleteWhen,
  diskMaxUsedSpaceRatio: options.diskMaxUsedSpaceRatio,
  diskSpaceCleanForciblyRatio: options.diskSpaceCleanForciblyRatio,
  cleanFileForciblyEnable: options.cleanFileForciblyEnable,
  diskSpaceWarningLevelRatio: options.diskSpaceWarningLevelRatio,
  diskSpaceFreeBytesMin: options.diskSpaceFreeBytesMin,
  syncFlushTimeout: options.syncFlushTimeout,
  messageBytesMax: options.maxMessageSize + propertiesBytesMax
})

export const storeOptions = (
  options: BrokerOptions,
  more: Pick<StoreOptions, 'storeHost' | 'tagsCodeOf'>
): StoreOptions => ({
  ...hotSettings(options),
  ...more,
  dir: resolve(options.storePathRootDir),
  flushDiskType: options.flushDiskType,
  flushIntervalCommitLog: options.flushIntervalCommitLog,
  mappedFileSizeCommitLog: options.mappedFileSizeCommitLog,
  writeBufferBytes: options.writeBufferBytes,
  messageIndexEnable: options.messageIndexEnable
})

const hotKeys: readonly string[] = [
  'fileReservedTime',
  'deleteWhen',
  'diskMaxUsedSpaceRatio',
  'diskSpaceCleanForciblyRatio',
  'cleanFileForciblyEnable',
  'diskSpaceWarningLevelRatio',
  'diskSpaceFreeBytesMin',
  'syncFlushTimeout',
  'maxMessageSize'
]

/** What the store has to hear after a change of options; undefined when nothing. */
export const changedSettings = (options: BrokerOptions, changed: ReadonlySet<string>): HotStoreSettings | undefined =>
  hotKeys.some(key => changed.has(key)) ? hotSettings(options) : undefined
