/* Stands in for a vendor's photo library in tests: well-behaved, hanging, crashing, untidy ways of being called. No codec in it. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum { WIDTH = 102, HEIGHT = 126, BYTES = WIDTH * HEIGHT * 3 };

static int known(const unsigned char *wlt) { return memcmp(wlt, "WLf", 4) == 0; }

static void paint(const unsigned char *wlt, unsigned char *out) {
    for (int at = 0; at < BYTES; at++) out[at] = (unsigned char)(wlt[at % 1024] ^ at >> 7);
}

int unpack(const unsigned char *wlt, unsigned char *out, int save) {
    if (save || !known(wlt)) return 0;
    paint(wlt, out);
    return 1;
}

int nothing(const unsigned char *wlt, unsigned char *out, int save) { return 0; }
int unlicensed(const unsigned char *wlt, unsigned char *out, int save) { return -5; }
int hangs(const unsigned char *wlt, unsigned char *out, int save) { for (;;) pause(); }
int crashes(const unsigned char *wlt, unsigned char *out, int save) { abort(); }
int ends(const unsigned char *wlt, unsigned char *out, int save) { exit(77); }

int forks(const unsigned char *wlt, unsigned char *out, int save) {
    if (fork() == 0) for (;;) pause();
    for (;;) pause();
}

int untidy(const unsigned char *wlt, unsigned char *out, int save) {
    FILE *file = fopen("left_behind.bmp", "wb");
    fwrite(wlt, 1, 1024, file);
    fclose(file);
    puts("a vendor prints what it likes");
    return unpack(wlt, out, save);
}

static int bmp(const char *path, int width, int height) {
    unsigned char head[54] = {'B', 'M'}, wlt[1024] = {0}, *out = malloc(BYTES);
    char name[4096];
    FILE *file = fopen(path, "rb");
    if (!file || fread(wlt, 1, 1024, file) != 1024 || !known(wlt)) return -4;
    fclose(file);
    paint(wlt, out);
    int row = (width * 3 + 3) / 4 * 4, size = 54 + row * height;
    memcpy(head + 2, &size, 4);
    head[10] = 54;
    head[14] = 40;
    memcpy(head + 18, &width, 4);
    memcpy(head + 22, &height, 4);
    head[26] = 1;
    head[28] = 24;
    strcpy(name, path);
    strcpy(strrchr(name, '.'), ".bmp");
    file = fopen(name, "wb");
    fwrite(head, 1, 54, file);
    for (int y = height - 1; y >= 0; y--) {
        unsigned char line[512] = {0};
        memcpy(line, out + y * width * 3, (size_t)width * 3);
        fwrite(line, 1, (size_t)row, file);
    }
    fclose(file);
    free(out);
    return 1;
}

int GetBmp(const char *path, int port) { return port == 1 ? bmp(path, WIDTH, HEIGHT) : -6; }
int small(const char *path, int port) { return bmp(path, 51, 63); }
int forgets(const char *path, int port) { return 1; }
int not_here(const char *path, int port) { return -5; }
