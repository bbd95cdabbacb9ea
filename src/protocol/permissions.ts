/** What a topic or a broker allows. Java: PermName. */
export const permissions = {
  /** Sends to an unknown topic may create it with this one's settings. */
  INHERIT: 1,
  WRITE: 2,
  READ: 4,
  PRIORITY: 8
} as const

export const mayRead = (perm: number): boolean => (perm & permissions.READ) !== 0
export const mayWrite = (perm: number): boolean => (perm & permissions.WRITE) !== 0
export const mayInherit = (perm: number): boolean => (perm & permissions.INHERIT) !== 0

/** Whether a topic may be given this value: no bit but the known ones. */
export const isPermission = (perm: number): boolean => Number.isInteger(perm) && perm >= 0 && perm < 8

/** `RW-`, as Java's tools print it. */
export const permissionText = (perm: number): string =>
  (mayRead(perm) ? 'R' : '-') + (mayWrite(perm) ? 'W' : '-') + (mayInherit(perm) ? 'X' : '-')
