//! How much room an append makes, as Go does since version 1.18.

/// The bytes of Go's smaller blocks of memory, in words of eight.
const BLOCKS: [usize; 68] = [
    1, 2, 3, 4, 6, 8, 10, 12, 14, 16, 18, 20, 22, 24, 26, 28, 30, 32, 36, 40, 44, 48, 52, 56, 60, 64, 72, 80,
    88, 96, 112, 128, 144, 160, 176, 192, 224, 256, 288, 336, 384, 400, 432, 512, 608, 640, 672, 768, 816,
    848, 864, 1024, 1184, 1216, 1280, 1360, 1536, 1696, 1792, 2048, 2304, 2384, 2560, 2720, 3072, 3408, 3584,
    4096,
];
/// Larger blocks are whole pages.
const PAGE: usize = 1024;
/// Where doubling begins to give way to a quarter more.
const THRESHOLD: usize = 256;

/// The capacity of a new array for `len` items of eight bytes, where that before had room for `old`.
pub(super) fn cap(old: usize, len: usize) -> usize {
    let wanted = if len > 2 * old {
        len
    } else if old < THRESHOLD {
        2 * old
    } else {
        let mut cap = old;
        while cap < len {
            cap += (cap + 3 * THRESHOLD) / 4;
        }
        cap
    };
    let block = BLOCKS.into_iter().find(|words| *words >= wanted);
    block.unwrap_or_else(|| wanted.next_multiple_of(PAGE))
}

#[cfg(test)]
mod tests {
    use super::cap;

    /// The capacities that Go prints for `s = append(s, 0)` on a `[]int`.
    #[test]
    fn one_by_one_it_grows_as_gos() {
        let mut caps = vec![0];
        while let Some(&last) = caps.last().filter(|cap| **cap < 10_000) {
            caps.push(cap(last, last + 1));
        }
        let expected =
            [0, 1, 2, 4, 8, 16, 32, 64, 128, 256, 512, 848, 1280, 1792, 2560, 3408, 5120, 7168, 9216, 12288];
        assert_eq!(caps, expected);
    }

    #[test]
    fn many_at_once_make_room_for_themselves() {
        assert_eq!([(0, 3), (0, 5), (4, 9), (0, 5000)].map(|(old, len)| cap(old, len)), [3, 6, 10, 5120]);
    }
}
