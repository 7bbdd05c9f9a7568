//! What a filter asks of a value.

/// What a filter lets through.
///
/// ```
/// use fanin::pipeline::{Comparison, Predicate};
///
/// assert!(Predicate::Odd.holds(-3));
/// assert!(Predicate::Compare(Comparison::AtMost, 5).holds(5));
/// assert!(Predicate::Remainder { modulus: 3, remainder: 2 }.holds(-1));
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Predicate {
    /// Even numbers.
    Even,
    /// Odd numbers.
    Odd,
    /// Numbers that compare so with this one.
    Compare(Comparison, i64),
    /// Multiples of this number.
    Divisible(i64),
    /// Numbers with this remainder. The remainder of a negative number is not negative: `-1 % 3` is 2.
    Remainder {
        /// What to divide by.
        modulus: i64,
        /// What has to be left.
        remainder: i64,
    },
}

impl Predicate {
    /// Whether it holds for `value`. Nothing is divisible by 0.
    ///
    /// ```
    /// use fanin::pipeline::Predicate;
    /// assert!(Predicate::Divisible(3).holds(-6) && !Predicate::Divisible(0).holds(0));
    /// ```
    pub fn holds(&self, value: i64) -> bool {
        let leaves = |modulus: i64| (modulus != 0).then(|| value.wrapping_rem_euclid(modulus));
        match *self {
            Self::Even => value % 2 == 0,
            Self::Odd => value % 2 != 0,
            Self::Compare(comparison, with) => comparison.holds(value, with),
            Self::Divisible(modulus) => leaves(modulus) == Some(0),
            Self::Remainder { modulus, remainder } => leaves(modulus) == Some(remainder),
        }
    }
}

/// How a filter compares.
///
/// ```
/// use fanin::pipeline::Comparison;
/// assert_eq!(Comparison::ALL.map(Comparison::sign), [">", "<", ">=", "<=", "=", "!="]);
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Comparison {
    /// `>`
    Above,
    /// `<`
    Below,
    /// `>=`
    AtLeast,
    /// `<=`
    AtMost,
    /// `=`
    Equal,
    /// `!=`
    Unequal,
}

impl Comparison {
    /// All of them.
    pub const ALL: [Self; 6] =
        [Self::Above, Self::Below, Self::AtLeast, Self::AtMost, Self::Equal, Self::Unequal];

    /// Its sign in the text.
    ///
    /// ```
    /// assert_eq!(fanin::pipeline::Comparison::AtMost.sign(), "<=");
    /// ```
    pub fn sign(self) -> &'static str {
        match self {
            Self::Above => ">",
            Self::Below => "<",
            Self::AtLeast => ">=",
            Self::AtMost => "<=",
            Self::Equal => "=",
            Self::Unequal => "!=",
        }
    }

    fn holds(self, a: i64, b: i64) -> bool {
        match self {
            Self::Above => a > b,
            Self::Below => a < b,
            Self::AtLeast => a >= b,
            Self::AtMost => a <= b,
            Self::Equal => a == b,
            Self::Unequal => a != b,
        }
    }
}
