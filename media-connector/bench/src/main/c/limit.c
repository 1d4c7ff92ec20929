/*
 * The physical limit of forwarding on this machine: what copying, rewriting, encrypting (AES-128-GCM) and sending a packet of 1,200 bytes to
 * each of 200 receivers on the loopback costs one thread, when it does nothing else. Prints microseconds of CPU time for each packet, as
 * the kernel counts them for the thread: packets sent one by one in batches (sendmmsg), and the four packets of a picture to the same
 * receiver as one segmented datagram (UDP_SEGMENT), which the kernel cuts when receivers do not take it as it is (UDP_GRO) and no network
 * card would cut it; all with hardly a pause, and at the pace of 26 pictures a second, at which caches have forgotten and the processor has
 * slept. Also by how many microseconds the thread woke up late in the pauses of the latter.
 *
 *   cc -O2 limit.c -o limit -lcrypto && ./limit
 */
#define _GNU_SOURCE
#include <arpa/inet.h>
#include <errno.h>
#include <netinet/udp.h>
#include <openssl/evp.h>
#include <sched.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

enum { RECEIVERS = 200, HEADER = 20, LENGTH = 1200, TAG = 16, PICTURE = 4, BATCH = 32, PICTURES = 400, PACED_PICTURES = 60, RUNS = 3 };
enum { ROUND_US = 400, PAUSE_US = 1000, PICTURE_US = 1000000 / 26 };
enum { CELL = LENGTH + TAG };

struct receiver {
  struct sockaddr_in address;
  EVP_CIPHER_CTX *cipher;
  unsigned sequence;
};

static struct receiver receivers[RECEIVERS];
static unsigned char source[PICTURE][LENGTH];
static unsigned char cells[BATCH][PICTURE * CELL];
static long late_us[RUNS * PACED_PICTURES * (PICTURE + 2)];
static int lates;

static void fail(const char *what) {
  perror(what);
  exit(1);
}

static double cpu_seconds(void) {
  struct timespec now;
  clock_gettime(CLOCK_THREAD_CPUTIME_ID, &now);
  return now.tv_sec + now.tv_nsec * 1e-9;
}

/* Sleeps until the next turn is due: at an even pace, or else for a short pause. */
static void wait_for_turn(struct timespec *due, long period_us) {
  struct timespec now;
  if (period_us == PAUSE_US) clock_gettime(CLOCK_MONOTONIC, due);
  due->tv_nsec += period_us * 1000;
  due->tv_sec += due->tv_nsec / 1000000000;
  due->tv_nsec %= 1000000000;
  clock_nanosleep(CLOCK_MONOTONIC, TIMER_ABSTIME, due, NULL);
  clock_gettime(CLOCK_MONOTONIC, &now);
  if (period_us > PAUSE_US) late_us[lates++] = (now.tv_sec - due->tv_sec) * 1000000 + (now.tv_nsec - due->tv_nsec) / 1000;
}

static void pin(int core) {
  cpu_set_t set;
  CPU_ZERO(&set);
  CPU_SET(core, &set);
  if (sysconf(_SC_NPROCESSORS_ONLN) > 1) sched_setaffinity(0, sizeof set, &set);
}

/*
 * Takes everything that comes, on the other core. It looks in rounds, like the load tool (Rounds.java): who sends to a socket that somebody waits for
 * also wakes that one up, which would be counted as sending.
 */
static void sink(const int *sockets) {
  static unsigned char buffers[BATCH][65536];
  static struct mmsghdr messages[BATCH];
  static struct iovec parts[BATCH];
  int queue = epoll_create1(0);
  for (int i = 0; i < RECEIVERS; i++) {
    struct epoll_event interest = {.events = EPOLLIN, .data.fd = sockets[i]};
    epoll_ctl(queue, EPOLL_CTL_ADD, sockets[i], &interest);
  }
  for (int i = 0; i < BATCH; i++) {
    parts[i] = (struct iovec){buffers[i], sizeof buffers[i]};
    messages[i].msg_hdr.msg_iov = &parts[i];
    messages[i].msg_hdr.msg_iovlen = 1;
  }
  for (;;) {
    struct epoll_event ready[RECEIVERS];
    usleep(ROUND_US);
    int count = epoll_wait(queue, ready, RECEIVERS, 0);
    for (int i = 0; i < count; i++) {
      while (recvmmsg(ready[i].data.fd, messages, BATCH, MSG_DONTWAIT, NULL) == BATCH) continue;
    }
  }
}

/* Header anew, payload copied and encrypted: what forwarding a packet to one receiver is. */
static void forward(struct receiver *to, const unsigned char *in, unsigned char *out) {
  unsigned char nonce[12] = {0};
  int length;
  unsigned sequence = to->sequence++;
  memcpy(out, in, HEADER);
  out[2] = sequence >> 8;
  out[3] = sequence;
  memcpy(nonce, &sequence, sizeof sequence);
  memcpy(out + HEADER, in + HEADER, LENGTH - HEADER);
  EVP_EncryptInit_ex(to->cipher, NULL, NULL, NULL, nonce);
  EVP_EncryptUpdate(to->cipher, NULL, &length, out, HEADER);
  EVP_EncryptUpdate(to->cipher, out + HEADER, &length, out + HEADER, LENGTH - HEADER);
  EVP_EncryptFinal_ex(to->cipher, out + LENGTH, &length);
  EVP_CIPHER_CTX_ctrl(to->cipher, EVP_CTRL_AEAD_GET_TAG, TAG, out + LENGTH);
}

/* From now on receivers take a segmented datagram as it is. */
static void offload(const int *sockets) {
  int on = 1;
  for (int i = 0; i < RECEIVERS; i++) {
    if (setsockopt(sockets[i], SOL_UDP, UDP_GRO, &on, sizeof on) < 0) fail("UDP_GRO");
  }
}

static double run(int together, int pictures, long period_us) {
  static struct mmsghdr messages[BATCH];
  static struct iovec parts[BATCH];
  static char control[BATCH][CMSG_SPACE(sizeof(unsigned short))];
  int socket_ = socket(AF_INET, SOCK_DGRAM, 0);
  int room = 8 << 20;
  setsockopt(socket_, SOL_SOCKET, SO_SNDBUF, &room, sizeof room);
  memset(messages, 0, sizeof messages);
  memset(control, 0, sizeof control);
  for (int i = 0; i < BATCH; i++) {
    parts[i] = (struct iovec){cells[i], together * CELL};
    struct msghdr *header = &messages[i].msg_hdr;
    header->msg_iov = &parts[i];
    header->msg_iovlen = 1;
    header->msg_namelen = sizeof(struct sockaddr_in);
    if (together > 1) {
      header->msg_control = control[i];
      header->msg_controllen = sizeof control[i];
      struct cmsghdr *segment = CMSG_FIRSTHDR(header);
      segment->cmsg_level = SOL_UDP;
      segment->cmsg_type = UDP_SEGMENT;
      segment->cmsg_len = CMSG_LEN(sizeof(unsigned short));
      unsigned short size = CELL;
      memcpy(CMSG_DATA(segment), &size, sizeof size);
    }
  }
  long packets = 0;
  double used = 0;
  struct timespec due;
  clock_gettime(CLOCK_MONOTONIC, &due);
  for (int turn = 0; turn < pictures * PICTURE / together; turn++) {
    double begin = cpu_seconds();
    int filled = 0;
    for (int r = 0; r < RECEIVERS; r++) {
      for (int p = 0; p < together; p++) forward(&receivers[r], source[p], cells[filled] + p * CELL);
      messages[filled].msg_hdr.msg_name = &receivers[r].address;
      packets += together;
      if (++filled == BATCH || r == RECEIVERS - 1) {
        for (int sent = 0; sent < filled;) {
          int now = sendmmsg(socket_, messages + sent, filled - sent, 0);
          if (now < 0) fail("sendmmsg");
          sent += now;
        }
        filled = 0;
      }
    }
    used += cpu_seconds() - begin;
    wait_for_turn(&due, period_us);
  }
  close(socket_);
  return used / packets * 1e6;
}

static int ascending(const void *one, const void *other) {
  double a = *(const double *)one, b = *(const double *)other;
  return (a > b) - (a < b);
}

static double median(int together, int pictures, long period_us) {
  double figures[RUNS];
  for (int i = 0; i < RUNS; i++) figures[i] = run(together, pictures, period_us);
  qsort(figures, RUNS, sizeof *figures, ascending);
  return figures[RUNS / 2];
}

static void tell(const char *name, int together) {
  printf("\"%s\": {\"fastMicros\": %.3f, ", name, median(together, PICTURES, PAUSE_US));
  printf("\"pacedMicros\": %.3f}, ", median(together, PACED_PICTURES, PICTURE_US / (PICTURE / together)));
}

int main(void) {
  int sockets[RECEIVERS];
  unsigned char key[16] = {1};
  for (int i = 0; i < RECEIVERS; i++) {
    struct receiver *each = &receivers[i];
    sockets[i] = socket(AF_INET, SOCK_DGRAM, 0);
    each->address = (struct sockaddr_in){.sin_family = AF_INET, .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
    socklen_t length = sizeof each->address;
    if (bind(sockets[i], (struct sockaddr *)&each->address, length) < 0) fail("bind");
    getsockname(sockets[i], (struct sockaddr *)&each->address, &length);
    key[3] = i;
    each->cipher = EVP_CIPHER_CTX_new();
    EVP_EncryptInit_ex(each->cipher, EVP_aes_128_gcm(), NULL, key, NULL);
  }
  for (int p = 0; p < PICTURE; p++) source[p][0] = 0x80;
  pid_t child = fork();
  if (child == 0) {
    prctl(PR_SET_PDEATHSIG, SIGKILL);
    pin(1);
    sink(sockets);
  }
  pin(0);
  prctl(PR_SET_TIMERSLACK, 1);
  printf("{");
  tell("even", 1);
  tell("pictures", PICTURE);
  offload(sockets);
  tell("offloaded", PICTURE);
  printf("\"lateMicros\": [");
  for (int i = 0; i < lates; i++) printf(i > 0 ? ", %ld" : "%ld", late_us[i]);
  printf("]}\n");
  kill(child, SIGKILL);
  return 0;
}
