#pragma once
// The window's one time range: a step back and forth, the range in words, and a popup with the common ones and two
// lines for any other. GUI thread.
#include "text/timegrammar.h"

#include <QWidget>

#include <functional>

class QPushButton;

namespace andon::ui
{

class RangePicker final : public QWidget
{
    Q_OBJECT
public:
    /// now: the clock of the console.
    explicit RangePicker(std::function<core::Instant()> now, QWidget *parent = nullptr);

    [[nodiscard]] const text::RangeWords &words() const { return m_words; }
    /// What the words mean at this moment.
    [[nodiscard]] core::TimeRange range() const;
    /// Words that mean nothing are refused and the range stays.
    bool setWords(const text::RangeWords &words);
    /// By half its length, to the left or right; the range is absolute then and follows the clock no more.
    void shift(int direction);
    /// Twice as long around the same middle.
    void zoomOut();
    /// Back to the clock, with the same length.
    void follow();
    void openPopup();
    /// The clock stands still: the range follows nothing.
    void setPinned(bool pinned);

Q_SIGNALS:
    void changed();

private:
    void render();

    std::function<core::Instant()> m_now;
    text::RangeWords m_words;
    QPushButton *m_text = nullptr;
    QPushButton *m_live = nullptr;
};

} // namespace andon::ui
