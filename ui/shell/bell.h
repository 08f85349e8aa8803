#pragma once
// The bell at the end of the status area: how many notifications nobody has read. GUI thread.
#include <QAbstractButton>

namespace andon::ui
{

class Bell final : public QAbstractButton
{
    Q_OBJECT
public:
    /// hint: what it does and by which keys.
    Bell(const QString &hint, QWidget *parent);
    void setUnread(int count);
    [[nodiscard]] QSize sizeHint() const override;

protected:
    void paintEvent(QPaintEvent *event) override;

private:
    QString m_hint;
    int m_unread = 0;
};

} // namespace andon::ui
