#include "factory/graphcodec.h"
#include "tests/support/suite.h"

using namespace andon;
using namespace andon::versions;

class GraphCodecTest : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void whatIsPackedComesBack()
    {
        QVERIFY(factory::unpackOrder(factory::packOrder(m_order)) == m_order);
        QVERIFY(factory::unpackOrder(factory::packOrder({})) == CommitOrder{});
    }
    void damageIsSeen()
    {
        const std::string bytes = factory::packOrder(m_order);
        for (std::size_t size = 0; size < bytes.size(); ++size)
            QVERIFY(!factory::unpackOrder(std::string_view(bytes).substr(0, size)));
        QVERIFY(!factory::unpackOrder(bytes + "x"));
        CommitOrder upwards = m_order;
        upwards.first[1] = 0;
        QVERIFY(!factory::unpackOrder(factory::packOrder(upwards)));
        CommitOrder unknown = m_order;
        unknown.kinds[0] = static_cast<CommitKind>(77);
        QVERIFY(!factory::unpackOrder(factory::packOrder(unknown)));
    }

private:
    CommitOrder m_order{.ids = {Oid{{1}}, Oid{{2}}},
                        .created = {20, 10},
                        .generation = {2, 1},
                        .kinds = {CommitKind::Revert, CommitKind::Initial},
                        .first = {1, -1},
                        .second = {-1, -1},
                        .cut = 3};
};

ANDON_SUITE(GraphCodecTest)
#include "graphcodec_test.moc"
