/* Which vector instructions the fast paths may use. The results are the same with all of them. */
#ifndef ATT_BASE_CPU_H
#define ATT_BASE_CPU_H

typedef enum {
    ATT_CPU_SCALAR,
    ATT_CPU_AVX2,   /* with BMI2 and AES */
    ATT_CPU_AVX512, /* with BW, VL, VBMI and VBMI2 besides */
} att_cpu_level;

/* The highest level that the processor has, or the one that $ATTUNE_CPU (scalar, avx2, avx512) asks for, if it has
 * that. Reads the environment: to be asked when something is made, not while it runs. */
att_cpu_level att_cpu_choose(void);

#endif
