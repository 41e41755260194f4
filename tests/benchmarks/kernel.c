/* Heun steps of the flow table with hazards held still: what is left of a run when hazards cost nothing.

   Every flow cell is there: flow = hazard x stock at its source, taken from one stock, given to another. What is NOT
   there: services, housing, detention, inputs that change; that is, whatever works out a hazard. Members last. */
#include <string.h>

static void slope(int cells, int stocks, int members, const int *source, const int *leaves, const int *enters,
                  const double *hazard, const double *state, double *change) {
    memset(change, 0, sizeof(double) * (size_t)stocks * members);
    for (int f = 0; f < cells; f++) {
        const double *h = hazard + (size_t)f * members;
        const double *s = source[f] < 0 ? 0 : state + (size_t)source[f] * members;
        double *out = leaves[f] < 0 ? 0 : change + (size_t)leaves[f] * members;
        double *in = enters[f] < 0 ? 0 : change + (size_t)enters[f] * members;
        if (out && in)
            for (int m = 0; m < members; m++) { double v = h[m] * s[m]; out[m] -= v; in[m] += v; }
        else if (out)
            for (int m = 0; m < members; m++) out[m] -= h[m] * s[m];
        else if (in)
            for (int m = 0; m < members; m++) in[m] += s ? h[m] * s[m] : h[m];
    }
}

void heun(int steps, double dt, int cells, int stocks, int members, const int *source, const int *leaves,
          const int *enters, const double *hazard, double *state, double *first, double *second, double *guess) {
    size_t n = (size_t)stocks * members;
    for (int k = 0; k < steps; k++) {
        slope(cells, stocks, members, source, leaves, enters, hazard, state, first);
        for (size_t i = 0; i < n; i++) guess[i] = state[i] + dt * first[i];
        slope(cells, stocks, members, source, leaves, enters, hazard, guess, second);
        for (size_t i = 0; i < n; i++) state[i] += 0.5 * dt * (first[i] + second[i]);
    }
}
