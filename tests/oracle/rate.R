# The figures of tests/unit/estimate/test_rate.c and test_balance.c, from the formulas of docs/statistics.md in R.
# Run with: Rscript tests/oracle/rate.R    (made with R 4.2.2; base R only; not needed by `make check`)
options(digits = 8)

garwood <- function(y, n, level = 0.95) {
  a <- (1 - level) / 2
  lo <- if (y > 0) qchisq(a, 2 * y) / 2 else 0
  1000 * c(lo = lo, hi = qchisq(1 - a, 2 * y + 2) / 2) / n
}

rate <- function(n, y, level = 0.95) {
  T <- length(n)
  N <- sum(n)
  Y <- sum(y)
  r <- Y / N
  raw <- T / (T - 1) * sum((y - r * n)^2) / Y
  df <- max(1, N^2 / sum(n^2) - 1)
  reach <- qt(1 - (1 - level) / 2, df) * sqrt(max(1, raw) / Y)
  c(rate = 1000 * r, raw = raw, df = df, lo = 1000 * r * exp(-reach), hi = 1000 * r * exp(reach))
}

balance <- function(a, b, level = 0.95) {
  T <- length(a)
  A <- sum(a)
  B <- sum(b)
  phi <- 1
  if (A > 0 && B > 0 && T > 1)
    phi <- max(1, T / (T - 1) * sum((a / A - b / B)^2) / (1 / A + 1 / B))
  h <- a + b
  df <- max(1, sum(h)^2 / sum(h^2) - 1)
  centre <- log2((A + 0.5) / (B + 0.5))
  reach <- qt(1 - (1 - level) / 2, df) * sqrt(phi * (1 / (A + 0.5) + 1 / (B + 0.5))) / log(2)
  c(balance = centre, phi = phi, df = df, lo = centre - reach, hi = centre + reach)
}

n <- c(10, 25, 40, 5, 20, 60, 15, 30)
cat("A, as it is\n")
print(rate(n, c(0, 2, 1, 1, 0, 4, 0, 1)))
print(garwood(9, sum(n)))
cat("A, dispersed\n")
print(rate(n, c(0, 0, 0, 0, 0, 8, 0, 1)))
cat("no hits in 1,200 tokens\n")
print(garwood(0, 1200))
cat("C\n")
print(balance(c(2, 0, 1, 3, 0, 1), c(0, 1, 0, 1, 4, 0)))
cat("Garwood beyond 5,000 hits\n")
print(garwood(5000, 1000), digits = 14)
print(garwood(10000, 1000, 0.999), digits = 14)
