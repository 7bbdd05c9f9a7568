//! Whether a number is prime, fast enough for any number that a pipeline can come to.

/// Whether `n` is prime, by the Miller-Rabin test with bases that decide it for every 64-bit number.
pub(super) fn is_prime(n: i64) -> bool {
    const BASES: [u64; 12] = [2, 3, 5, 7, 11, 13, 17, 19, 23, 29, 31, 37];
    let Ok(n) = u64::try_from(n) else { return false };
    if n < 2 {
        return false;
    }
    if let Some(divisor) = BASES.into_iter().find(|base| n.is_multiple_of(*base)) {
        return n == divisor;
    }
    let twos = (n - 1).trailing_zeros();
    BASES.into_iter().all(|base| {
        let first = power(base, (n - 1) >> twos, n);
        let mut squares = std::iter::successors(Some(first), |x| Some(times(*x, *x, n))).take(twos as usize);
        first == 1 || squares.any(|x| x == n - 1)
    })
}

fn times(a: u64, b: u64, modulus: u64) -> u64 {
    (u128::from(a) * u128::from(b) % u128::from(modulus)) as u64
}

fn power(mut base: u64, mut exponent: u64, modulus: u64) -> u64 {
    let mut result = 1;
    while exponent > 0 {
        if exponent % 2 == 1 {
            result = times(result, base, modulus);
        }
        base = times(base, base, modulus);
        exponent /= 2;
    }
    result
}

#[cfg(test)]
mod tests {
    use super::is_prime;

    #[test]
    fn agrees_with_trial_division() {
        for n in -5..5_000i64 {
            let divided = n >= 2 && (2..n).take_while(|d| d * d <= n).all(|d| n % d != 0);
            assert_eq!(is_prime(n), divided, "{n}");
        }
    }

    #[test]
    fn decides_large_numbers() {
        assert!(is_prime(i64::MAX - 24));
        assert!(!is_prime(i64::MAX));
        assert!(!is_prime(i64::MIN));
        // A strong pseudoprime to the bases 2, 3, 5, 7, 11, 13, 17, 19 and 23.
        assert!(!is_prime(3_825_123_056_546_413_051));
    }
}
