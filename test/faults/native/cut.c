/* Cuts the power of a mounted ext4: EXT4_IOC_SHUTDOWN without flushing the journal. Nothing that has not reached the
   device will; every later access fails with EIO until the file system is mounted again. */
#include <fcntl.h>
#include <stdint.h>
#include <stdio.h>
#include <sys/ioctl.h>

int main(int count, char **words) {
  uint32_t no_log_flush = 2;
  int fd = count == 2 ? open(words[1], O_RDONLY) : -1;
  if (fd < 0 || ioctl(fd, _IOR('X', 125, uint32_t), &no_log_flush) < 0) {
    perror("cut");
    return 1;
  }
  return 0;
}
