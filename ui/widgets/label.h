#pragma once
// The only label of the console: plain text whatever the server sent, elided with the whole text as tooltip. GUI
// thread.
#include <QLabel>

namespace andon::ui
{

enum class Tone { Normal, Second, Muted, Strong };

class Label final : public QLabel
{
    Q_OBJECT
public:
    explicit Label(const QString &text = {}, Tone tone = Tone::Normal, int pixels = 13, QWidget *parent = nullptr);
    void setTone(Tone tone);
    /// One line that shortens itself to its width; otherwise it wraps.
    void setElided(bool elided);
    [[nodiscard]] QSize minimumSizeHint() const override;
    [[nodiscard]] QSize sizeHint() const override;

protected:
    void paintEvent(QPaintEvent *event) override;

private:
    Tone m_tone;
    bool m_elided = false;
};

} // namespace andon::ui
