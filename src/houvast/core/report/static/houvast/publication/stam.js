/* Words as search sees them; the same as words.py, which made the index. The stem is that of Snowball's Dutch (Porter). */
window.houvastStam = (() => {
  "use strict";
  const VOWEL = "aeiouyè";
  const isVowel = (sign) => VOWEL.includes(sign);

  function fold(text) {
    return text.normalize("NFKD").toLowerCase().replace(/\p{M}/gu, "");
  }

  const words = (text) => fold(text).match(/[\p{L}\p{N}]+/gu) || [];

  /* A y at the start or after a vowel, and an i between vowels, count as consonants: they become capitals. */
  function mark(word) {
    const signs = [...word];
    if (signs[0] === "y") signs[0] = "Y";
    for (let at = 0; at < signs.length; at += 1) {
      if (!isVowel(signs[at])) continue;
      if (signs[at + 1] === "i" && at + 2 < signs.length && isVowel(signs[at + 2])) {
        signs[at + 1] = "I";
        at += 1;
      } else if (signs[at + 1] === "y") {
        signs[at + 1] = "Y";
        at += 1;
      }
    }
    return signs.join("");
  }

  /* Where the part after the first consonant behind a vowel begins. */
  function after(word, start) {
    let at = start;
    while (at < word.length && !isVowel(word[at])) at += 1;
    while (at < word.length && isVowel(word[at])) at += 1;
    return at < word.length ? at + 1 : -1;
  }

  function stem(given) {
    let word = mark(given);
    let first = word.length;
    let second = word.length;
    if (word.length >= 3) {
      const found = after(word, 0);
      if (found >= 0) {
        first = Math.max(found, 3);
        const next = after(word, found);
        if (next >= 0) second = next;
      }
    }
    const in1 = (suffix) => word.length - suffix.length >= first;
    const in2 = (suffix) => word.length - suffix.length >= second;
    const ends = (suffix) => word.endsWith(suffix);
    const cut = (suffix) => { word = word.slice(0, word.length - suffix.length); };
    const before = (suffix) => word[word.length - suffix.length - 1] || "";
    const undouble = () => { if (/(kk|dd|tt)$/.test(word)) word = word.slice(0, -1); };
    const consonantBefore = (suffix) => before(suffix) !== "" && !isVowel(before(suffix));
    const en = (suffix) => {
      const rest = word.slice(0, word.length - suffix.length);
      if (in1(suffix) && consonantBefore(suffix) && !rest.endsWith("gem")) {
        cut(suffix);
        undouble();
        return true;
      }
      return false;
    };
    let cutE = false;
    const e = () => {
      cutE = false;
      if (ends("e") && in1("e") && consonantBefore("e")) {
        cut("e");
        cutE = true;
        undouble();
      }
    };

    if (ends("heden")) {
      if (in1("heden")) word = `${word.slice(0, -5)}heid`;
    } else if (ends("ene")) en("ene");
    else if (ends("en")) en("en");
    else if (ends("se")) {
      if (in1("se") && consonantBefore("se") && before("se") !== "j") cut("se");
    } else if (ends("s")) {
      if (in1("s") && consonantBefore("s") && before("s") !== "j") cut("s");
    }

    e();

    if (ends("heid") && in2("heid") && before("heid") !== "c") {
      cut("heid");
      if (ends("en")) en("en");
    }

    const ig = () => {
      if (ends("ig") && in2("ig") && before("ig") !== "e") {
        cut("ig");
        return true;
      }
      return false;
    };
    if (ends("end") || ends("ing")) {
      if (in2("end")) {
        cut("end");
        if (!ig()) undouble();
      }
    } else if (ends("ig")) ig();
    else if (ends("lijk")) {
      if (in2("lijk")) {
        cut("lijk");
        e();
      }
    } else if (ends("baar")) {
      if (in2("baar")) cut("baar");
    } else if (ends("bar")) {
      if (in2("bar") && cutE) cut("bar");
    }

    const end = word.slice(-4);
    if (end.length === 4 && /^[^aeiouyè](aa|ee|oo|uu)[^aeiouyèI]$/.test(end)) {
      word = word.slice(0, -2) + word.slice(-1);
    }
    word = word.replace(/Y/g, "y").replace(/I/g, "i");
    return word.replace(/([bcdfghjklmnpqrstvwxz])\1$/, "$1");
  }

  return { fold, words, stem };
})();
